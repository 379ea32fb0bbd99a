import { testOverHttp } from '../service/support/over-http.js';

await testOverHttp('pglite', 'operations');
