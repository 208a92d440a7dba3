// Runs before the first paint, so that nobody who chose dark is flashed with light.
const theme = localStorage.getItem('sla:theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
