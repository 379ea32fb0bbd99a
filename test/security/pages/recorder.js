// Runs before all other scripts of the page, and records violations, errors and console output.
window.seen = [];
document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
  window.seen.push(`violation of ${effectiveDirective}: ${blockedURI} ${sample}`);
});
window.addEventListener('error', ({ message }) => window.seen.push(`error: ${message}`));
window.addEventListener('unhandledrejection', ({ reason }) => window.seen.push(`rejection: ${reason}`));
window.warned = [];
console.warn = (...values) => window.warned.push(values.join(' '));
console.error = (...values) => window.seen.push(`console: ${values.join(' ')}`);
