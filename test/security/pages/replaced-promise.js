// as on a page that wants Bluebird's warnings and cancellation for every promise
window.Promise = window.P;
