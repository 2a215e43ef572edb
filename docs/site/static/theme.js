// Before anything is drawn: the colours that the reader chose. Else the system's.
try {
  const theme = localStorage.getItem('docs-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be blocked.
}
