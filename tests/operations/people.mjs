// Accounts, keys and registers from the command line, on a running installation.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { both, sqlite } from './place.mjs';

async function accounts(place) {
  const world = await place.served('operator');
  const enters = async (password) => (await world.call('', 'POST', '/api/v1/sign-in', { name: 'li', password })).status;
  const made = await world.command('user', 'create', '--name', 'li', '--display-name', '李敏', '--grant', `planner@${world.facts.region}`);
  const first = /password: (\S+)/.exec(made)[1];
  assert.equal(await enters(first), 200);
  assert.match(await world.command('user', 'list'), /^li\t李敏\tactive\t.*planner@620802$/m);

  const twice = await world.run('user', 'create', '--name', 'li');
  assert.equal(twice.code, 1);
  assert.match(twice.err, /taken/);
  for (const grant of ['planner', 'nobody@620802', 'planner@620', `grid_member@${world.facts.region}`]) {
    assert.equal((await world.run('user', 'create', '--name', 'wang', '--grant', grant)).code, 1, grant);
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
  assert.equal((await world.run('user', 'disable', 'nobody')).code, 1);
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
  assert.equal((await world.run('import', 'register', 'nothing', file)).code, 1);
  assert.equal((await world.run('import', 'register', 'facility', place.path('nowhere.csv'))).code, 1);
}

export const scenarios = [
  { name: 'accounts are made, listed, renewed and ended', engines: both, test: accounts },
  { name: 'an API key works until it is disabled', engines: sqlite, test: keys },
  { name: 'guessing a password is slowed down', engines: sqlite, test: guessing },
  { name: 'a register is imported from CSV once', engines: both, test: spreadsheet },
];
