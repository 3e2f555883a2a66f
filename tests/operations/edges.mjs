// Where the platform meets the world: what it writes down about whom, and who can listen in.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { request } from 'node:https';
import { both, sqlite } from './place.mjs';

const kPhone = '13900000113';
const kName = '王秀英';
const kWhere = { lon: '106.661234', lat: '35.543215' };

async function logOfNobody(place) {
  const world = await place.served('dispatcher', 'worker');
  await world.session(`resident ${kPhone}`);
  const report = { kind: 'resident_request', place: world.facts.names.village, channel: 'counter', reporter: { name: kName, phone: kPhone }, form: { subject: 'street_lamp', description: '三单元门口的灯不亮' } };
  assert.equal((await world.call('dispatcher', 'POST', '/api/v1/cases', report)).status, 201);
  assert.equal((await world.call('dispatcher', 'GET', `/api/v1/cases?q=${kName}`)).status, 200);
  await world.call('', 'POST', '/api/v1/sign-in', { name: 'dispatcher', password: 'not-the-password-1' });
  await world.call('', 'GET', `/api/v1/nowhere/${kPhone}`);
  assert.equal((await world.call('', 'GET', `/api/v1/circles/reach?lon=${kWhere.lon}&lat=${kWhere.lat}&minutes=15`)).status, 200);
  await world.call('', 'GET', `/api/v1/circles/isochrone?lon=${kWhere.lon}&lat=${kWhere.lat}&minutes=soon`);
  await world.call('worker', 'POST', '/api/v1/registers/person/records', { place: world.facts.names.village, values: { name: kName, phone: 'no phone' } });
  const sessions = [...world.sessions.values()].map(({ cookie }) => cookie.split('=')[1]);
  await world.halt();

  const lines = world.log.trimEnd().split('\n').map((line) => JSON.parse(line));
  const requests = lines.filter(({ event }) => event === 'http.request');
  assert.ok(requests.length >= 8, world.log);
  for (const { method, route, status, us, request_id } of requests) assert.ok(method && route && status && us >= 0 && request_id, world.log);
  assert.ok(requests.some(({ route }) => route === '/api/v1/cases'), world.log);
  for (const secret of [kPhone, kName, '三单元', 'not-the-password-1', kWhere.lon, kWhere.lat, world.facts.password, '127.0.0.1', ...sessions]) {
    assert.ok(!world.log.includes(secret), `the log holds ${secret}`);
  }
}

function get(url, ca) {
  return new Promise((resolve, reject) => {
    request(url, { ca, checkServerIdentity: () => undefined }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer));
    })
      .on('error', reject)
      .end();
  });
}

async function overTls(place) {
  const certificate = place.path('cert.pem');
  const key = place.path('key.pem');
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1', '-subj', '/CN=localhost', '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  const world = await place.made('worker');
  await world.serve('--tls-certificate', certificate, '--tls-key', key);
  assert.match(world.url, /^https:/);
  assert.equal((await get(`${world.url}/healthz`, readFileSync(certificate))).statusCode, 200);
  await assert.rejects(get(`${world.url}/healthz`), 'an unknown certificate was believed');
  await assert.rejects(fetch(`${world.url.replace('https', 'http')}/healthz`), 'somebody was answered in the clear');
  await world.halt();

  const alone = await world.run('serve', '--port', '0', '--tls-certificate', certificate);
  assert.notEqual(alone.code, 0);
  const swapped = await world.run('serve', '--port', '0', '--tls-certificate', key, '--tls-key', certificate);
  assert.equal(swapped.code, 1, swapped.out);
  assert.match(swapped.err, /certificate/i);
}

// As the package lays it out, called from anywhere.
async function installed(place) {
  const usr = place.path('usr');
  mkdirSync(join(usr, 'bin'), { recursive: true });
  mkdirSync(join(usr, 'share/linli/web/r'), { recursive: true });
  cpSync(place.linli, join(usr, 'bin/linli'));
  cpSync('packs', join(usr, 'share/linli/packs'), { recursive: true });
  writeFileSync(join(usr, 'share/linli/web/r/index.html'), '<!doctype html>');
  const call = (...words) => execFileSync(join(usr, 'bin/linli'), [...words, '--data', place.path('data')], { cwd: place.path(''), encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, LINLI_LANGUAGE: 'en' } });
  const { divisions, region } = place.world().facts;
  call('import', 'divisions', resolve(divisions), '--region', region, '--create', '--demo-outbox');
  call('migrate');
  call('user', 'create', '--name', 'admin', '--grant', `operator@${region}`);
  assert.match(call('doctor'), /\S/);
}

export const scenarios = [
  { name: 'the log says what happened and names nobody', engines: both, test: logOfNobody },
  { name: 'an installed program finds its packs and pages', engines: sqlite, test: installed },
  { name: 'who serves with a certificate answers nobody in the clear', engines: sqlite, test: overTls },
];
