// The peer's server: serves the survey page and its libraries, stores each response durably (WAL, synchronous FULL)
// before it answers, and keeps what pages report of themselves for the harness.
// usage: node server.mjs PORT DATABASE
import {createServer} from 'node:http';
import {createReadStream, existsSync} from 'node:fs';
import {dirname, extname, join, normalize} from 'node:path';
import {fileURLToPath} from 'node:url';
import {createRequire} from 'node:module';
import {surveys} from './surveys.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const libraries = process.env.PEER_MODULES || join(here, 'node_modules');
const Database = createRequire(join(libraries, 'x.js'))('better-sqlite3');
const [port, databaseFile] = process.argv.slice(2);

const database = new Database(databaseFile);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec('CREATE TABLE IF NOT EXISTS response (id INTEGER PRIMARY KEY, survey TEXT NOT NULL, body TEXT NOT NULL)');
const insert = database.prepare('INSERT INTO response (survey, body) VALUES (?, ?)');

const types = {'.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html; charset=utf-8'};
let reports = [];

const body = request => new Promise(resolve => {
    let text = '';
    request.setEncoding('utf8').on('data', part => text += part).on('end', () => resolve(text));
});

function sendFile(response, root, path) {
    const file = join(root, normalize('/' + path));
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, {'content-type': types[extname(file)] || 'application/octet-stream',
                             'cache-control': 'public, max-age=86400'});
    createReadStream(file).pipe(response);
}

createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost');
    const [, area, ...rest] = url.pathname.split('/');
    if (area === 'response' && request.method === 'POST') {
        insert.run(url.searchParams.get('survey'), await body(request));
        response.end('{}');
    } else if (area === 'report' && request.method === 'POST') {
        reports.push(JSON.parse(await body(request)));
        response.end('{}');
    } else if (area === 'report') {
        response.end(JSON.stringify(reports.splice(0)));
    } else if (area === 'survey') {
        response.end(JSON.stringify(surveys[rest[0]]));
    } else if (area === 'module') {
        sendFile(response, libraries, rest.join('/'));
    } else {
        sendFile(response, here, 'survey.html');
    }
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
