/** The theme button: as the system has it, light, dark. */
type Theme = 'auto' | 'light' | 'dark';

const themeKey = 'demo-theme';
const next: Readonly<Record<Theme, Theme>> = {auto: 'light', light: 'dark', dark: 'auto'};
const button = document.querySelector<HTMLButtonElement>('#theme');

function remembered(): Theme {
  try {
    const theme = localStorage.getItem(themeKey);
    return theme === 'light' || theme === 'dark' ? theme : 'auto';
  } catch {
    return 'auto'; // Storage may be blocked.
  }
}

function show(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  if (button) button.textContent = `Theme: ${theme}`;
}

let theme = remembered();
show(theme);
button?.addEventListener('click', () => {
  theme = next[theme];
  show(theme);
  try {
    localStorage.setItem(themeKey, theme);
  } catch {
    // Only this tab knows then.
  }
});
