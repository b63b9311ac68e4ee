// The peer: PouchDB on both sides, as offline-first health apps use it. Reads documents (one JSON object a line), puts them into a
// local database, then replicates them over loopback HTTP into a served one; both on LevelDB.
// usage: node replicate.js DOCUMENTS FOLDER -> documents per second of the replication
const fs = require('fs');
const path = require('path');
const express = require('express');
const PouchDB = require('pouchdb');

async function main() {
  const [, , file, folder] = process.argv;
  const lines = fs.readFileSync(file, 'utf8').split('\n').filter(line => line.length > 0);
  const documents = lines.map((line, i) => Object.assign({ _id: String(i).padStart(8, '0') }, JSON.parse(line)));
  const Local = PouchDB.defaults({ prefix: path.join(folder, 'local') + path.sep });
  const Served = PouchDB.defaults({ prefix: path.join(folder, 'served') + path.sep });
  for (const name of ['local', 'served']) fs.mkdirSync(path.join(folder, name), { recursive: true });
  const app = express();
  app.use('/', require('express-pouchdb')(Served, { mode: 'minimumForPouchDB', logPath: path.join(folder, 'log.txt'), configPath: path.join(folder, 'config.json') }));
  const server = await new Promise(resolve => { const s = app.listen(0, '127.0.0.1', () => resolve(s)); });
  const local = new Local('journal');
  for (let i = 0; i < documents.length; i += 1000) await local.bulkDocs(documents.slice(i, i + 1000));
  const start = process.hrtime.bigint();
  const done = await local.replicate.to(`http://127.0.0.1:${server.address().port}/journal`, { batch_size: 1000, batches_limit: 4 });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (!done.ok || done.docs_written !== documents.length) throw new Error(JSON.stringify(done));
  console.log((documents.length / seconds).toFixed(1));
  process.exit(0);
}

main().catch(error => { console.error(error); process.exit(1); });
