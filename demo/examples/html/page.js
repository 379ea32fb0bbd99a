const element = document.querySelector('chekt-connect');
const said = document.querySelector('#said');

element.addEventListener('chekt-connected', ({ detail }) => {
  said.textContent = `Welcome, ${detail.binding.companyName}`;
});
element.addEventListener('chekt-disconnected', ({ detail }) => {
  said.textContent = `Goodbye, ${detail.binding.companyName}`;
  element.reset(); // the service has revoked the sign-in
});

// What the platform has stored: with it the element shows the connection at once, and asks for no sign-in. It is an
// object, so that it is set as a property; one set before the element's script has run is not lost.
const { binding } = await (await fetch('/chekt/session')).json();
element.binding = binding;
