// an old proxy of the page takes fetch away; its polyfill comes next
window.fetch = undefined;
