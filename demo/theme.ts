type Theme = 'auto' | 'light' | 'dark';

const themeKey = 'demo-theme';
const next: Readonly<Record<Theme, Theme>> = {auto: 'light', light: 'dark', dark: 'auto'};

/** Makes the button change between the system's colours, light and dark, and remembers the choice. */
export function followTheme(button = document.querySelector<HTMLButtonElement>('#theme')): void {
  let theme = remembered();
  show(theme, button);
  button?.addEventListener('click', () => {
    theme = next[theme];
    show(theme, button);
    try {
      localStorage.setItem(themeKey, theme);
    } catch {
      // Only this tab knows then.
    }
  });
}

function remembered(): Theme {
  try {
    const theme = localStorage.getItem(themeKey);
    return theme === 'light' || theme === 'dark' ? theme : 'auto';
  } catch {
    return 'auto'; // Storage may be blocked.
  }
}

function show(theme: Theme, button: HTMLButtonElement | null): void {
  document.documentElement.dataset['theme'] = theme;
  if (!button) return;
  button.title = `Theme: ${theme}`;
  button.ariaLabel = button.title;
}
