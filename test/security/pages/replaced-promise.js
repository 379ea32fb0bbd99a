// Bluebird as pages use it that want its warnings and its cancellation everywhere
window.Promise = window.P;
