// as on a page that removes fetch so that its polyfill takes over, which is loaded next
window.fetch = undefined;
