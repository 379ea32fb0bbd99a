import { testOverHttp } from '../support/over-http.js';

await testOverHttp('pglite', 'operations');
