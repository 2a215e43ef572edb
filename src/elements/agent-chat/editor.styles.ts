import {css} from 'lit';

/** Where a person says a message differently, or what they think of an answer. It comes with the forms. */
export const editorStyles = css`
  .editor,
  .feedback {
    display: grid;
    gap: 0.5em;
    inline-size: 100%;
  }

  .editor {
    padding: 0.625em;
    border: 1px solid var(--_accent);
    border-radius: var(--agent-chat-bubble-radius, 18px);
  }

  .editor > textarea {
    inline-size: 100%;
    min-block-size: 3.25em;
    max-block-size: 40vh;
    padding: 0.25em 0.375em;
    border: 0;
    background: transparent;
    line-height: inherit;
    resize: vertical;
    field-sizing: content;
  }

  .editor > textarea:focus-visible {
    outline: none;
  }

  .editor:focus-within {
    box-shadow: 0 0 0 1px var(--_accent);
  }

  .editor-actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 0.5em;
  }

  .editor-hint {
    display: flex;
    align-items: center;
    gap: 0.375em;
    margin: 0;
    padding-inline: 0.375em;
    color: var(--_muted);
    font-size: 0.875em;
  }

  .feedback {
    max-inline-size: 30em;
    margin-block-start: 0.375em;
    padding: 0.625em 0.75em;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    font-size: 0.9375em;
  }
`;
