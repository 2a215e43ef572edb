import {css, html, type TemplateResult} from 'lit';

/** The first letter of a name, on one of six colours that the name chooses. */
export function avatar(name: string): TemplateResult {
  const letter = /[\p{L}\p{N}]/u.exec(name)?.[0] ?? '?';
  let sum = 7;
  for (let index = 0; index < name.length; index++) sum = (sum * 31 + name.charCodeAt(index)) % 6007;
  return html`<span class="avatar hue-${sum % 6}" part="avatar" aria-hidden="true">${letter.toLocaleUpperCase()}</span>`;
}

/** The look of {@link avatar}. */
export const avatarStyles = css`
  .avatar {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 2em;
    block-size: 2em;
    border-radius: 50%;
    background: light-dark(oklch(92% 0.05 var(--_hue)), oklch(38% 0.07 var(--_hue)));
    color: light-dark(oklch(38% 0.1 var(--_hue)), oklch(92% 0.05 var(--_hue)));
    font-weight: 650;
    line-height: 1;
  }

  .hue-0 { --_hue: 25; }
  .hue-1 { --_hue: 75; }
  .hue-2 { --_hue: 145; }
  .hue-3 { --_hue: 200; }
  .hue-4 { --_hue: 270; }
  .hue-5 { --_hue: 330; }

  @media (forced-colors: active) {
    .avatar {
      border: 1px solid CanvasText;
    }
  }
`;
