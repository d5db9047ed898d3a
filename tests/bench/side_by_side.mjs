// Measures the kiosk and the peer (a web survey in a full-screen browser) in turn, on the same X server, with the same
// probe, and prints one table of medians, spreads and ratios. Started by tests/bench/side_by_side, which installs and
// builds what it needs and sets: KIOSK (feedback-kiosk), PROBE (screen-probe), PEER_MODULES, CHROMIUM, SOURCE.
import {spawn, execFileSync} from 'node:child_process';
import {copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir, cpus} from 'node:os';
import {join} from 'node:path';
import {topics} from './peer/surveys.mjs';

const {KIOSK, PROBE, CHROMIUM, SOURCE} = process.env;
const rounds = Number(process.env.ROUNDS || 5);
const taps = Number(process.env.TAPS || 40);
const restSeconds = Number(process.env.REST_S || 60);
const screen = '1920x1080';
const whole = '0,0,1900,1000';
const port = 8700 + process.pid % 200;
const area = mkdtempSync(join(tmpdir(), 'side-by-side-'));
let serial = 0;
const folder = () => mkdtempSync(join(area, `${++serial}-`));
const sleep = ms => new Promise(done => setTimeout(done, ms));

const sorted = values => [...values].sort((a, b) => a - b);
const percentile = (values, part) => sorted(values)[Math.min(values.length - 1, Math.floor(values.length * part))];
const median = values => percentile(values, 0.5);

// ---- processes and their costs

function descendants(pid) {
    const children = new Map();
    for (const entry of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
        try {
            const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
            const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
            children.set(parent, [...(children.get(parent) || []), Number(entry)]);
        } catch { /* it has ended meanwhile */ }
    }
    const all = [pid];
    for (let i = 0; i < all.length; i++) all.push(...(children.get(all[i]) || []));
    return all;
}

const sumOver = (pids, read) => pids.flatMap(descendants).reduce((sum, pid) => {
    try { return sum + read(pid); } catch { return sum; }
}, 0);

const memoryMib = pids => sumOver(pids, pid =>
    Number(/^Pss: +(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1])) / 1024;

const cpuMs = pids => sumOver(pids, pid => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
});

async function end(process) {
    if (process.exitCode !== null) return;
    const ended = new Promise(done => process.once('exit', done));
    process.kill('SIGTERM');
    await Promise.race([ended, sleep(5000)]);
    if (process.exitCode === null && process.signalCode === null) process.kill('SIGKILL');
    await sleep(300);
}

const probe = (...arguments_) => new Promise((done, failed) => {
    const running = spawn(PROBE, arguments_.map(String), {stdio: ['ignore', 'pipe', 'inherit']});
    let text = '';
    running.stdout.on('data', part => text += part);
    running.on('exit', code => {
        if (code !== 0) return failed(new Error(`screen-probe ${arguments_[0]}: ${code}`));
        const result = JSON.parse(text);
        if (result.missed) console.error(`side_by_side: ${result.missed} taps changed nothing where it was watched`);
        done(result);
    });
});
const centre = ([x, y, width, height]) => [Math.round(x + width / 2), Math.round(y + height / 2)];
// A step of screen-probe: tap the middle of a rectangle, watch a small part of it near its rim.
const tapInside = rect => [...centre(rect), Math.round(rect[0] + rect[2] / 2), Math.round(rect[1] + 8), 12, 6].join(',');
const tapAndWatch = (rect, part) => [...centre(rect), ...part].join(',');

// ---- the kiosk

const program = name => join(SOURCE, 'build/release/bin', name);
const office = folder();
function officeKeys() {
    if (!existsSync(join(office, 'recipients.txt')))
        execFileSync(program('feedback-office'), ['keygen', '--out', office], {stdio: 'ignore'});
    return join(office, 'recipients.txt');
}
// A data folder as an office sets it up; forms: rows of survey.csv by form id, in the place of those that came with it.
function kioskData(forms = {}) {
    const data = folder();
    mkdirSync(join(data, 'keys'));
    copyFileSync(officeKeys(), join(data, 'keys/recipients.txt'));
    for (const [id, rows] of Object.entries(forms)) putForm(data, id, rows);
    return data;
}
function putForm(data, id, rows) {
    const form = join(data, 'forms', id);
    mkdirSync(form, {recursive: true});
    writeFileSync(join(form, 'survey.csv'), `type,name,label,required,constraint,relevant\n${rows.join('\n')}\n`);
    const list = (name, labels) => labels.map((label, i) => `${name},${name}${i + 1},${label}`);
    writeFileSync(join(form, 'choices.csv'), ['list_name,name,label', ...list('muc', ['Rất tốt', 'Tốt', 'Bình thường', 'Kém']),
        ...list('co', ['Có', 'Không', 'Không biết', 'Không trả lời']),
        ...list('y', ['Rõ ràng', 'Nhanh', 'Thân thiện', 'Đúng hẹn', 'Chưa hài lòng']),
        ...list('xa', Array.from({length: 20}, (_, i) => `Xã số ${i + 1}`))].join('\n') + '\n');
    writeFileSync(join(form, 'settings.csv'), `form_id,version,form_title,style\n${id},1,Phiếu,pages\n`);
}

const kioskArguments = data => ['run', '--trace-start', '--data', data, '--screen', screen, '--lang', 'vi'];
// Ready when the kiosk says so: before, it takes one touch and no more.
async function startKiosk(data) {
    const kiosk = spawn(KIOSK, kioskArguments(data), {stdio: ['ignore', 'ignore', 'pipe']});
    let told = '';
    await new Promise((done, failed) => {
        kiosk.stderr.on('data', part => (told += part).includes('letters of pages to come') && done());
        kiosk.once('exit', () => failed(new Error(`the kiosk ended: ${told}`)));
    });
    await sleep(500);
    return kiosk;
}
// The items, by id, of the page that each step of a scripted visit leads to, with these forms.
function pagesOf(steps, forms) {
    const script = join(folder(), 'script.jsonl'), dump = join(folder(), 'dump.jsonl');
    writeFileSync(script, steps.map(step => JSON.stringify(step)).join('\n'));
    execFileSync(KIOSK, ['play', script, '--data', kioskData(forms), '--screen', screen, '--lang', 'vi', '--clock', 'virtual', '--dump', dump],
                 {stdio: ['ignore', 'ignore', 'inherit']});
    return readFileSync(dump, 'utf8').trim().split('\n').map(line => JSON.parse(line)).map(
        page => Object.fromEntries(page.items.map(item => [item.id, item.rect_px])));
}
// The same visit with a finger and keys of the X server.
function take(steps, forms) {
    const pages = [pagesOf([{wait_ms: 1}], forms)[0], ...pagesOf(steps, forms)];
    const real = steps.flatMap((step, i) => [
        step.tap ? {tap_px: centre(pages[i][step.tap])} : {key: step.key === 'Space' ? 'space' : step.key}, {wait_still_ms: 400}]);
    execFileSync(program('xtest-visitor'), {input: real.map(step => JSON.stringify(step)).join('\n') + '\n'});
    return pages.at(-1);
}

const toHome = [{tap: 'action.start'}];
const toReview = [...toHome, {tap: 'tile.self_assessment'}, {key: 'Tab'}, {key: 'Space'}, {tap: 'action.next'}];
const reviewIds = ['self_review_2019', 'self_review_2023_a', 'self_review_2023_b', 'self_review_2025_a', 'self_review_2025_b',
                   'self_review_quarterly', 'self_review_probationary'];
const sevenPages = Object.fromEntries(reviewIds.map(id => [id, topics.map((topic, i) => `select_one muc,q${i},${topic} như thế nào?,,,`)]));
const kinds = ['text', 'integer', 'select_one co', 'select_multiple y', 'select_one xa', 'text'];
const thousandQuestions = Array.from({length: 1000}, (_, i) => [kinds[i % kinds.length], `q${i + 1}`,
    `Câu hỏi số ${i + 1}: ${topics[i % topics.length]}?`, i % 25 === 0 ? 'yes' : '',
    i % kinds.length === 1 ? '. >= 0 and . <= 150' : '', i % 10 === 9 ? `\${q${i}} != ''` : ''].join(','));
// As few pixels as the peer's: to fetch more would keep the server from the tap. All of the letters are in it.
const lineThrough = ([x, y, width, height]) => [x, Math.round(y + height / 2), width, 1];
// The title: the tallest of a page's texts. A part as large as the page would take longer to fetch than what is measured.
const titleOf = page => Object.entries(page).filter(([id]) => id.startsWith('text.')).map(([, rect]) => rect.map(Math.round))
    .sort((a, b) => b[3] - a[3])[0];

const kiosk = {
    name: 'feedback-kiosk',
    start: async () => (await probe('start', whole, '--', KIOSK, ...kioskArguments(kioskData()))).complete,
    async cost() {
        const running = await startKiosk(kioskData());
        await sleep(3000);
        const before = cpuMs([running.pid]);
        await sleep(restSeconds * 1000);
        const result = {memory: memoryMib([running.pid]), cpu: (cpuMs([running.pid]) - before) / restSeconds / 10};
        await end(running);
        return result;
    },
    // Toggling the language redraws every word on the page: more than the peer's one rating. A second tap on the same
    // place within half a second is taken for a trembling hand's.
    async taps() {
        const running = await startKiosk(kioskData());
        const home = take(toHome, {});
        const measured = await probe('tap', taps, tapAndWatch(home['aid.language'], [...lineThrough(titleOf(home)), 600]));
        await end(running);
        return measured.release;
    },
    async pages() {
        const running = await startKiosk(kioskData(sevenPages));
        const first = take(toReview, sevenPages);
        const second = pagesOf([...toReview, {tap: 'action.next'}], sevenPages).at(-1);
        const measured = await probe('tap', taps, tapAndWatch(first['action.next'], titleOf(first)), tapAndWatch(second['action.back'], titleOf(second)));
        await end(running);
        return measured.release;
    },
    // The form comes while the kiosk runs: the tap reads, opens and shows it.
    async thousand() {
        const data = kioskData(), running = await startKiosk(data);
        const home = take(toHome, {});
        putForm(data, 'portal_poll', thousandQuestions);
        const measured = await probe('tap', 1, tapAndWatch(home['tile.opinion_poll'], titleOf(home)));
        await end(running);
        return measured.release[0];
    },
    // A ballot is thanked for when it is durable, and not before.
    async stored() {
        const running = await startKiosk(kioskData());
        const steps = [...toHome, {tap: 'tile.opinion_poll'}, {tap: 'choice.tot'}, {tap: 'action.next'}];
        const pages = [pagesOf([{wait_ms: 1}], {})[0], ...pagesOf(steps, {})];
        // Between two ballots the kiosk waits six seconds. The buttons at the foot change with the page alone.
        const measured = await probe('tap', taps, ...steps.map((step, i) => tapAndWatch(pages[i][step.tap], i === 2 ? [30, 970, 230, 60, 7000] : [200, 100, 400, 100])));
        await end(running);
        return measured.release.filter((_, i) => i % steps.length === 2);
    },
};

// ---- the peer

async function startServer() {
    const server = spawn('node', [join(SOURCE, 'tests/bench/peer/server.mjs'), port, join(folder(), 'responses.db')],
                         {stdio: ['ignore', 'pipe', 'inherit']});
    await new Promise(done => server.stdout.once('data', done));
    return server;
}
const browserArguments = (profile, query) => [
    '--kiosk', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync',
    '--disable-component-update', '--noerrdialogs', '--password-store=basic', '--window-position=0,0',
    '--window-size=1920,1080', `--user-data-dir=${profile}`, `http://127.0.0.1:${port}/?${query}`];
const startBrowser = query => spawn(CHROMIUM, browserArguments(folder(), query), {stdio: 'ignore'});
async function reported(kind) {
    for (let i = 0; i < 600; i++) {
        const found = (await (await fetch(`http://127.0.0.1:${port}/report`)).json()).find(report => report.kind === kind);
        if (found) return found;
        await sleep(100);
    }
    throw new Error(`the page never reported ${kind}`);
}
async function withPeer(query, kind, measure) {
    const server = await startServer();
    const startedAt = Date.now();
    const browser = startBrowser(query);
    try {
        return await measure(await reported(kind), [browser.pid, server.pid], startedAt);
    } finally {
        await end(browser);
        await end(server);
    }
}

const peer = {
    name: 'SurveyJS in Chromium',
    async start() {
        const server = await startServer();
        try {
            return (await probe('start', whole, '--', CHROMIUM, ...browserArguments(folder(), 'survey=poll'))).complete;
        } finally {
            await end(server);
        }
    },
    cost: () => withPeer('survey=poll', 'placed', async (_, pids) => {
        await sleep(5000);
        const before = cpuMs(pids);
        await sleep(restSeconds * 1000);
        return {memory: memoryMib(pids), cpu: (cpuMs(pids) - before) / restSeconds / 10};
    }),
    taps: () => withPeer('survey=poll', 'placed', async page => {
        await sleep(1000);
        return (await probe('tap', taps, tapInside(page.faces[0]), tapInside(page.faces[2]))).release;
    }),
    pages: () => withPeer('survey=pages&page=1', 'placed', async page => {
        await sleep(1000);
        const part = [300, 200, 400, 150];
        return (await probe('tap', taps, tapAndWatch(page.next[0], part), tapAndWatch(page.previous[0], part))).release;
    }),
    thousand: () => withPeer('survey=thousand', 'painted', async page => page.painted_ms),   // the browser runs already
    stored: () => withPeer('survey=poll&complete=300', 'stored', async page => page.taken),
};

// ---- the table

const rows = [];
function row(what, unit, ours, theirs) {
    const text = values => `${median(values).toFixed(values.some(v => v < 10) ? 2 : 0)} [${sorted(values)[0].toFixed(1)} .. ` +
                           `${sorted(values).at(-1).toFixed(1)}]`;
    rows.push([what, unit, text(ours), text(theirs), `1/${(median(theirs) / Math.max(median(ours), 1e-3)).toFixed(1)}`]);
}

async function repeat(measure) {
    const values = {kiosk: [], peer: []};
    for (let round = 0; round < rounds; round++) {  // in turn, so that a busy minute hits both
        values.kiosk.push(await measure(kiosk));
        values.peer.push(await measure(peer));
    }
    return values;
}

async function main() {
    const starts = await repeat(side => side.start());
    row('start until the picture is complete', 'ms', starts.kiosk, starts.peer);
    const costs = {kiosk: [await kiosk.cost()], peer: [await peer.cost()]};
    row('memory (PSS, all processes)', 'MiB', costs.kiosk.map(c => c.memory), costs.peer.map(c => c.memory));
    row(`CPU at rest, ${restSeconds} s`, '% of a core', costs.kiosk.map(c => c.cpu), costs.peer.map(c => c.cpu));
    for (const [what, measure] of [['tap to changed pixel', 'taps'], ['next page', 'pages']]) {
        const ours = await kiosk[measure]();
        const theirs = await peer[measure]();
        for (const part of [0.5, 0.95])
            row(`${what}, p${part * 100}`, 'ms', [percentile(ours, part)], [percentile(theirs, part)]);
    }
    const opened = await repeat(side => side.thousand());
    row('a form of 1,000 questions, read, opened, shown', 'ms', opened.kiosk, opened.peer);
    const ours = await kiosk.stored(), theirs = await peer.stored();
    for (const part of [0.5, 0.95]) row(`complete to stored, p${part * 100}`, 'ms', [percentile(ours, part)], [percentile(theirs, part)]);
    const model = /model name\s*: (.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1];
    console.log(`${new Date().toISOString().slice(0, 10)}, ${cpus().length} x ${model}, ${screen}, Xvfb, no GPU; ` +
                `${execFileSync(CHROMIUM, ['--version']).toString().trim()}; ${rounds} rounds, ${taps} taps; median [least .. most]`);
    const table = [['', 'unit', kiosk.name, peer.name, 'ratio'], ...rows];
    const widths = table[0].map((_, column) => Math.max(...table.map(cells => cells[column].length)));
    for (const cells of table) console.log(cells.map((cell, i) => cell.padEnd(widths[i])).join('  ').trimEnd());
}

try {
    await main();
} finally {
    rmSync(area, {recursive: true, force: true, maxRetries: 5, retryDelay: 300});
}
