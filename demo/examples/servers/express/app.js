/** What your application has already: a session and pages. */
import { fileURLToPath } from 'node:url';
import express from 'express';
import { logIn, sessionOf } from '../login.js';

export { identityOf } from '../login.js';

export function session(request, _response, next) {
  request.session = sessionOf(request.headers.cookie);
  next();
}

const file = (name) => fileURLToPath(import.meta.resolve(name));

export const pages = express.Router();
pages.get('/login', (_request, response) => response.set('Set-Cookie', logIn()).redirect('/'));
pages.get('/chekt-connect.js', (_request, response) =>
  response.sendFile(file('chekt-connect/chekt-connect.js')),
);
pages.get('/', (_request, response) => response.sendFile(file('../page.html')));
