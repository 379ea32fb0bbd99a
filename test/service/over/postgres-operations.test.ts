import { testOverHttp } from '../support/over-http.js';

await testOverHttp('postgres', 'operations');
