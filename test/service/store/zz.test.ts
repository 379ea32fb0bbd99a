import { createDatabase, connect } from '/tmp/wt/store/test/service/support/postgres.js';
import { it } from 'node:test';
it('x', async () => {
  const t = Date.now();
  const url = await createDatabase();
  console.log(url, Date.now() - t);
  const pool = connect(url);
  console.log((await pool.query('select version(), current_database()')).rows);
  await pool.end();
});
