/** Styles of pages that mean no harm and reach for everything. None of them may change a picture. */
export const hosts = {
  unset: '* { all: unset; } script, style, head { display: none; } html, body, div, main { display: block; } agent-chat { height: 748px; }',
  resets: `
    *, ::before, ::after { box-sizing: border-box; border: 0 solid; margin: 0; padding: 0; }
    html { line-height: 1.5; -webkit-text-size-adjust: 100%; tab-size: 4; }
    img, svg, video, canvas { display: block; vertical-align: middle; max-width: 100%; }
    button, input, select, textarea { font: inherit; letter-spacing: inherit; color: inherit; border-radius: 0; background-color: transparent; opacity: 1; }
    ol, ul, menu { list-style: none; }
    h1, h2, h3 { font-size: inherit; font-weight: inherit; }
    body { font: 1rem/1.5 "Helvetica Neue", Arial; color: #212529; -webkit-font-smoothing: antialiased; }
    a { color: #0d6efd; text-decoration: underline; }
    button { text-transform: none; cursor: pointer; }
    p { margin-bottom: 1rem; }
    * { letter-spacing: 2px !important; text-transform: uppercase !important; word-spacing: 1em !important; line-height: 3 !important; text-align: end !important; font-style: italic !important; }
  `,
  'huge-root': 'html { font-size: 42px; } body { font-weight: 900; zoom: 1; }',
} as const;

export type Host = keyof typeof hosts;
