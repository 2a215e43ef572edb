import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {Approval, RespondIntent, SessionError} from '../session/index.ts';
import {asSessionError} from './intend.ts';

/** What a person has typed before deciding. It changes in place as they type. */
export interface ApprovalDraft {
  reason: string;
  /** The fields of a flat input, by name: text as typed, or whether a box is ticked. */
  readonly fields: Record<string, string | boolean>;
  /** The input as JSON, where it is not flat. */
  json: string;
}

/** Why what was typed cannot be sent. */
export type ApprovalProblem =
  | {readonly type: 'bad-number'; readonly field: string}
  | {readonly type: 'bad-json'; readonly reason: string};

/** How far a person is with one decision. Another object whenever something about it is to be drawn again. */
export interface ApprovalForm {
  /** `ask`: the buttons; `deny`: asks for a reason; `edit`: the input can be changed. */
  readonly mode: 'ask' | 'deny' | 'edit';
  readonly draft: ApprovalDraft;
  readonly problem: ApprovalProblem | undefined;
  /** Why the last decision could not be sent. */
  readonly error: SessionError | undefined;
  /** Whether a decision is being handed to the session. */
  readonly isBusy: boolean;
}

export interface ApprovalDeskOptions {
  /** Hands a decision to the session that the approval is of. Says whether it did; rejects when it could not be sent. */
  respond: (intent: RespondIntent) => Promise<boolean>;
  /** Where the cards are drawn, each an element with `data-approval` and `tabindex="-1"`. */
  root: () => ParentNode & {readonly activeElement: Element | null} | null;
}

const untouched: ApprovalForm = {
  mode: 'ask', draft: {reason: '', fields: {}, json: ''}, problem: undefined, error: undefined, isBusy: false,
};

/**
 * Where a person decides on what agents ask for: holds what is typed until it is sent, and keeps the focus in the card
 * whatever becomes of its buttons. One desk serves the approvals of one session.
 */
export class ApprovalDesk implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: ApprovalDeskOptions;
  readonly #forms = new Map<string, ApprovalForm>();
  /** The approval whose card has the focus, and the control in it that has it. */
  #focused: {readonly id: string; readonly control: Element} | undefined;
  /** The approval whose form was opened just now. */
  #opened: string | undefined;

  constructor(host: ReactiveControllerHost, options: ApprovalDeskOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  formOf(toolCallId: string): ApprovalForm {
    return this.#forms.get(toolCallId) ?? untouched;
  }

  /** Opens the form for a reason, or the one that the input is changed in. */
  open({toolCallId}: Approval, mode: 'deny' | 'edit', draft: ApprovalDraft): void {
    this.#opened = toolCallId;
    this.#set(toolCallId, {...untouched, mode, draft});
  }

  /** Goes back to the buttons. */
  close({toolCallId}: Approval): void {
    this.#set(toolCallId, untouched);
  }

  /** Says what is wrong with what was typed, and keeps it. */
  object({toolCallId}: Approval, problem: ApprovalProblem): void {
    this.#opened = toolCallId;
    this.#set(toolCallId, {...this.formOf(toolCallId), problem});
  }

  decide({toolCallId}: Approval, decision: Pick<RespondIntent, 'approved' | 'reason' | 'input'>): void {
    const form = this.formOf(toolCallId);
    if (form.isBusy) return;
    this.#set(toolCallId, {...form, problem: undefined, error: undefined, isBusy: true});
    this.#options.respond({type: 'respond', toolCallId, ...decision}).then(
      // What the page prevents stays as it is written.
      (isDone) => this.#set(toolCallId, isDone ? untouched : {...form, problem: undefined, error: undefined, isBusy: false}),
      (cause: unknown) => this.#set(toolCallId, {...form, problem: undefined, error: asSessionError(cause), isBusy: false}),
    );
  }

  /** Draws cards while the host does not update, and keeps the focus as if it did. */
  keepFocus(draw: () => void): void {
    this.hostUpdate();
    draw();
    this.#return();
  }

  hostUpdate(): void {
    const control = this.#options.root()?.activeElement;
    const id = control?.closest('[data-approval]')?.getAttribute('data-approval');
    this.#focused = control && id != null ? {id, control} : undefined;
  }

  hostUpdated(): void {
    const opened = this.#opened === undefined ? undefined : cardOf(this.#options.root(), this.#opened)?.querySelector<HTMLElement>('[data-first]');
    this.#opened = undefined;
    if (opened) opened.focus();
    else this.#return();
  }

  /** To the card whose focused control is gone. */
  #return(): void {
    const root = this.#options.root();
    if (this.#focused && !this.#focused.control.isConnected && !root?.activeElement) cardOf(root, this.#focused.id)?.focus({preventScroll: true});
    this.#focused = undefined;
  }

  hostDisconnected(): void {
    this.#focused = this.#opened = undefined;
  }

  #set(toolCallId: string, form: ApprovalForm): void {
    if (form === untouched) this.#forms.delete(toolCallId);
    else this.#forms.set(toolCallId, form);
    this.#host.requestUpdate();
  }
}

function cardOf(root: ParentNode | null, toolCallId: string): HTMLElement | undefined {
  return [...(root?.querySelectorAll<HTMLElement>('[data-approval]') ?? [])].find((card) => card.dataset.approval === toolCallId);
}
