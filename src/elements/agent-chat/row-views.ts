import {html} from 'lit';
import {guard} from 'lit/directives/guard.js';
import {repeat} from 'lit/directives/repeat.js';
import type {SessionSnapshot} from '../../session/index.ts';
import type {ChatContext} from './chat-context.ts';
import type {ConversationLayout} from './conversation-layout.ts';
import {messageRow} from './message-row.ts';
import {RowOptions} from './row-options.ts';
import {runRow} from './run-row.ts';

interface RowViewsOptions {
  runs: SessionSnapshot['runs'];
  approvals: SessionSnapshot['approvals'];
  context: ChatContext;
}

/** The rows that are in the page, each exactly one element, and drawn again only when something of its own changed. */
export function rowViews({items, rows}: Pick<ConversationLayout, 'items' | 'rows'>, {runs, approvals, context}: RowViewsOptions): unknown {
  const rowOptions = new RowOptions(items, {runs, approvals, context});
  const today = new Date().setHours(0, 0, 0, 0);
  return repeat(rows, ({key}) => key, (row) => {
    const item = row.type === 'row' ? items[row.index] : undefined;
    if (row.type === 'gap' || !item) return html`<div class="gap"></div>`;
    switch (item.type) {
      case 'day':
        return html`<div class="row day" part="day"><span>${context.locale.day(item.date, today)}</span></div>`;
      case 'message': {
        const {options, inputs} = rowOptions.of(item, row.index);
        return guard(inputs, () => messageRow(options));
      }
      case 'run': {
        const {run, retryId, key} = item;
        const before = items[row.index - 1];
        const isWriting = before?.type === 'message' && before.streaming;
        return guard([run, isWriting, context], () => runRow({run, key, retryId, isWriting, context}));
      }
    }
  });
}
