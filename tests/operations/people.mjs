// Accounts, keys and registers from the command line, on a running installation.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { both, refused, sqlite } from './place.mjs';

async function accounts(place) {
  const world = await place.served('operator');
  const enters = async (password) => (await world.call('', 'POST', '/api/v1/sign-in', { name: 'li', password })).status;
  const made = await world.command('user', 'create', '--name', 'li', '--display-name', '李敏', '--grant', `planner@${world.facts.region}`);
  const first = /password: (\S+)/.exec(made)[1];
  assert.equal(await enters(first), 200);
  assert.match(await world.command('user', 'list'), /^li\t李敏\tactive\t.*planner@620802$/m);

  const twice = await world.run('user', 'create', '--name', 'li');
  refused(twice, 'account.name_taken');
  for (const [grant, code] of [
    ['planner', 'grant.bad'],
    ['nobody@620802', 'grant.unknown_role'],
    ['planner@62080', 'place.bad_code'],
    [`grid_member@${world.facts.region}`, 'grant.bad_level'],
  ]) {
    refused(await world.run('user', 'create', '--name', 'wang', '--grant', grant), code);
  }
  assert.doesNotMatch(await world.command('user', 'list'), /^wang\t/m);

  const second = /: (\S+)\s*$/.exec(await world.command('user', 'password', 'li'))[1];
  assert.equal(await enters(first), 401);
  assert.equal(await enters(second), 200);

  const session = await world.signIn('li', second);
  await world.command('user', 'disable', 'li');
  assert.equal(await enters(second), 401);
  assert.equal((await world.call('', 'GET', '/api/v1/session', undefined, session)).status, 401);
  assert.match(await world.command('user', 'list'), /^li\t李敏\tdisabled/m);
  refused(await world.run('user', 'disable', 'nobody'), 'account.not_found');
}

async function keys(place) {
  const world = await place.served('operator');
  const key = (await world.command('key', 'create', '--name', 'hotline', '--grant', `planner@${world.facts.region}`)).trim();
  const asks = async (bearer) => (await world.call('', 'GET', '/api/v1/plans', undefined, { authorization: `Bearer ${bearer}` })).status;
  assert.equal(await asks(key), 200);
  assert.equal(await asks(`${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`), 401);
  assert.match(await world.command('key', 'list'), /^hotline\tactive\t.*planner@620802$/m);
  assert.equal((await world.run('key', 'disable', 'coldline')).code, 1);
  await world.command('key', 'disable', 'hotline');
  assert.match(await world.command('key', 'list'), /^hotline\tdisabled/m);
  assert.equal(await asks(key), 401);
}

async function guessing(place) {
  const world = await place.served('operator');
  const answers = [];
  for (let tries = 0; tries < 30; tries += 1) {
    answers.push(await world.call('', 'POST', '/api/v1/sign-in', { name: 'operator', password: `wrong ${tries}` }));
  }
  assert.equal(answers[0].body.code, 'sign_in.wrong');
  assert.equal(answers.at(-1).status, 429);
  const right = await world.call('', 'POST', '/api/v1/sign-in', { name: 'operator', password: world.facts.password });
  assert.equal(right.body.code, 'sign_in.too_many_tries');
}

// Checking a password takes much memory: a crowd at the same second is asked to come again.
async function crowd(place) {
  const world = await place.made('operator');
  await world.serve('--workers', '16');
  const enters = (name) => world.call('', 'POST', '/api/v1/sign-in', { name, password: world.facts.password });
  const answers = await Promise.all(Array.from({ length: 16 }, (_, index) => enters(`visitor${index}`)));
  const turnedAway = answers.filter(({ status }) => status === 429);
  assert.ok(turnedAway.length > 0, 'all were let in at once');
  for (const { body } of turnedAway) assert.equal(body.code, 'sign_in.busy');
  assert.equal((await enters('operator')).status, 200);
}

// The platform of one county is no place to register for people of another.
async function newcomerFromElsewhere(place) {
  const world = await place.served('operator');
  const phone = '13900000071';
  await world.call('', 'POST', '/api/v1/residents/code', { phone });
  const { items } = (await world.call('', 'GET', '/api/v1/outbox')).body;
  const code = /\d{6}/.exec(items.find(({ to }) => to === phone).text)[0];
  const enters = (home) => world.call('', 'POST', '/api/v1/residents/sign-in', { phone, code, name: '周强', place: home });
  const away = await enters(world.facts.names.other_county);
  assert.equal(away.status, 400);
  assert.equal(away.body.code, 'place.outside');
  assert.equal((await enters(world.facts.names.village)).status, 200, 'the code was used up');
}

async function spreadsheet(place) {
  const world = await place.served('worker');
  const count = async () => (await world.call('worker', 'GET', `/api/v1/registers/facility/records?place=${world.facts.names.village}`)).body.items.length;
  const file = place.path('facilities.csv');
  const imports = (...more) => world.run('import', 'register', 'facility', file, '--place', world.facts.names.village, ...more);

  writeFileSync(file, '名称,类型,正常运行,建筑面积\n老年食堂,elderly_canteen,是,120\n图书室,图书馆,是,\n,library,否,-3\n');
  const dry = await imports('--dry-run');
  assert.equal(dry.code, 1);
  assert.match(dry.out, /3 rows: 1 accepted, 2 rejected/);
  assert.match(dry.out, /line 3 kind: field\.not_a_choice/);
  assert.match(dry.out, /line 4 name: field\.required/);
  assert.equal(await count(), 0);

  for (let times = 0; times < 2; times += 1) {
    const real = await imports();
    assert.equal(real.code, 1);
    assert.match(real.out, /3 rows: 1 accepted, 2 rejected/);
    assert.equal(await count(), 1);
  }
  refused(await world.run('import', 'register', 'nothing', file), 'register.not_found');
  refused(await world.run('import', 'register', 'facility', place.path('nowhere.csv')), 'file.missing');
  refused(await world.run('export', 'register', 'facility', place.path('no/folder.csv')), 'installation.unwritable');
}

export const scenarios = [
  { name: 'accounts are made, listed, renewed and ended', engines: both, test: accounts },
  { name: 'an API key works until it is disabled', engines: sqlite, test: keys },
  { name: 'guessing a password is slowed down', engines: sqlite, test: guessing },
  { name: 'a crowd at the door is let in one after the other', engines: sqlite, test: crowd },
  { name: 'who lives in another county is told so', engines: sqlite, test: newcomerFromElsewhere },
  { name: 'a register is imported from CSV once', engines: both, test: spreadsheet },
];
