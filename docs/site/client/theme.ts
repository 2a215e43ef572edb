type Theme = 'auto' | 'light' | 'dark';

const key = 'docs-theme';
const next: Readonly<Record<Theme, Theme>> = {auto: 'dark', dark: 'light', light: 'auto'};
const words: Readonly<Record<Theme, string>> = {auto: 'as the system', light: 'light', dark: 'dark'};

/** Makes the button change between the system's colours, dark and light. `static/theme.js` applies the choice before the page is drawn. */
export function offerTheme(): void {
  const button = document.querySelector<HTMLButtonElement>('#theme');
  if (!button) return;
  const given = document.documentElement.dataset['theme'];
  let theme: Theme = given === 'light' || given === 'dark' ? given : 'auto';
  const show = () => {
    if (theme === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    button.ariaLabel = `Theme: ${words[theme]}`;
    button.title = button.ariaLabel;
  };
  button.addEventListener('click', () => {
    theme = next[theme];
    show();
    try {
      if (theme === 'auto') localStorage.removeItem(key);
      else localStorage.setItem(key, theme);
    } catch {
      // Only this page knows then.
    }
  });
  show();
  button.hidden = false;
}
