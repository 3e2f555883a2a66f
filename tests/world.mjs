// A running platform with the people of world.json, for tests that drive the real program.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const root = new URL('..', import.meta.url).pathname;
const environment = { ...process.env, LINLI_LANGUAGE: 'en' };

// Runs a program to its end: {code, out, err}. It speaks English, unless `language` says otherwise.
export function run(program, words, language = 'en') {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd: root, env: { ...environment, LINLI_LANGUAGE: language }, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.on('data', (bytes) => (out += bytes));
    child.stderr.on('data', (bytes) => (err += bytes));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

export class World {
  constructor(linli, database, data = mkdtempSync(join(tmpdir(), 'linli-test-'))) {
    this.linli = linli;
    this.data = data;
    this.database = database;
    this.facts = JSON.parse(readFileSync(join(root, 'tests/world.json'), 'utf8'));
    this.sessions = new Map();
  }

  // A command on this world's data folder, whatever comes of it.
  run(...words) {
    return run(this.linli, [...words, '--data', this.data]);
  }

  // A command that must succeed; its output.
  async command(...words) {
    const { code, out, err } = await this.run(...words);
    if (code !== 0) throw new Error(`linli ${words.join(' ')} ended with ${code}: ${out}${err}`);
    return out;
  }

  // Makes the data folder with the places and, of the users, those that are named; by default all.
  async make(...names) {
    const { divisions, region, users, password } = this.facts;
    const database = this.database ? ['--database', this.database] : [];
    await this.command('import', 'divisions', divisions, '--region', region, '--create', '--demo-outbox', ...database);
    for (const user of users.filter(({ name }) => names.length === 0 || names.includes(name))) {
      const grants = user.grants.flatMap((grant) => ['--grant', grant.replace(/\{(\w+)\}/, (_, name) => this.facts.names[name])]);
      await this.command('user', 'create', '--name', user.name, '--password', password, ...(user.unit ? ['--unit', user.unit] : []), ...grants);
    }
  }

  async serve(...words) {
    this.server = spawn(this.linli, ['serve', '--data', this.data, '--port', '0', ...words], { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    this.ended = new Promise((resolve) => this.server.on('close', resolve));
    this.log = '';
    this.server.stderr.on('data', (bytes) => (this.log += bytes));
    this.url = await new Promise((resolve, reject) => {
      let text = '';
      this.server.stdout.on('data', (bytes) => {
        text += bytes;
        const found = /https?:\/\/\S+/.exec(text);
        if (found) resolve(found[0].replace(/\/$/, ''));
      });
      this.ended.then((code) => reject(new Error(`the server ended with ${code}: ${this.log}`)));
    });
  }

  async start() {
    await this.make();
    await this.serve();
  }

  // Ends the server; it must have ended well.
  async halt() {
    this.server.kill('SIGTERM');
    const code = await this.ended;
    if (code !== 0) throw new Error(`the server stopped with ${code}: ${this.log}`);
  }

  // Ends it as a power cut does.
  async kill() {
    this.server.kill('SIGKILL');
    await this.ended;
  }

  remove() {
    rmSync(this.data, { recursive: true, force: true });
  }

  async stop() {
    await this.halt();
    this.remove();
  }

  async session(who) {
    if (!this.sessions.has(who)) this.sessions.set(who, await this.signIn(who));
    return this.sessions.get(who);
  }

  async signIn(who, password = this.facts.password) {
    const post = (path, body) => fetch(this.url + path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
    let answer;
    if (who.startsWith('resident ')) {
      const phone = who.split(' ')[1];
      await post('/api/v1/residents/code', { phone });
      const outbox = await (await fetch(this.url + '/api/v1/outbox')).json();
      const message = outbox.items.find((item) => item.to.endsWith(phone.slice(-4)) && /\d{6}/.test(item.text));
      answer = await post('/api/v1/residents/sign-in', { phone, code: /\d{6}/.exec(message.text)[0], name: `居民${phone.slice(-4)}`, place: this.facts.names.village });
    } else {
      answer = await post('/api/v1/sign-in', { name: who, password });
    }
    const body = await answer.json();
    if (!answer.ok) throw new Error(`cannot sign in as ${who}: ${JSON.stringify(body)}`);
    const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
    return { cookie, 'x-csrf-token': body.csrf_token };
  }

  // One request as somebody (nobody when empty): {status, text, body}.
  async call(who, method, path, body, headers = {}) {
    const all = { 'content-type': 'application/json', ...(who ? await this.session(who) : {}), ...headers };
    const answer = await fetch(this.url + encodeURI(path), { method, headers: all, body: body === undefined ? undefined : JSON.stringify(body), redirect: 'manual' });
    const text = await answer.text();
    return { status: answer.status, text, body: /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : undefined };
  }
}
