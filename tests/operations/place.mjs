// What a scenario works with: folders and worlds that go away with it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { World, run } from '../world.mjs';

export class Skipped extends Error {}

let databases = 0;

export class Place {
  constructor(linli, postgres) {
    this.linli = linli;
    this.postgres = postgres;
    this.folder = mkdtempSync(join(tmpdir(), 'linli-operations-'));
    this.worlds = [];
    this.farewells = [];
  }

  path(name) {
    return join(this.folder, name);
  }

  run(...words) {
    return run(this.linli, words);
  }

  // A new database on the server, empty on SQLite: its file is in the data folder.
  database() {
    if (!this.postgres) return '';
    const name = `operations_${process.pid}_${(databases += 1)}`;
    this.sql(`CREATE DATABASE ${name}`);
    this.farewells.push(() => this.sql(`DROP DATABASE ${name} WITH (FORCE)`));
    return this.postgres.replace(/\/[^/?]+(\?|$)/, `/${name}$1`);
  }

  // SQL as the server's owner; the rows, members joined by |.
  sql(text, uri = this.postgres) {
    return execFileSync('psql', ['-qAt', '-v', 'ON_ERROR_STOP=1', uri, '-c', text], { encoding: 'utf8' }).trim();
  }

  // An installation that is not made yet.
  world(name = 'data', database = this.database(), data = this.path(name)) {
    const world = new World(this.linli, database, data);
    this.worlds.push(world);
    return world;
  }

  async made(...users) {
    const world = this.world();
    await world.make(...users);
    return world;
  }

  async served(...users) {
    const world = await this.made(...users);
    await world.serve();
    return world;
  }

  // What doctor says, with pages that are there.
  doctor(world) {
    mkdirSync(this.path('web/r'), { recursive: true });
    writeFileSync(this.path('web/r/index.html'), '');
    return world.run('doctor', '--web', this.path('web'));
  }

  async leave() {
    for (const { server, ended } of this.worlds) {
      if (!server) continue;
      server.kill('SIGKILL');
      await ended;
    }
    for (const farewell of this.farewells) farewell();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

// Asks again until the answer is right or the time is over; the last complaint is the failure.
export async function eventually(check, seconds = 15) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}

// A command ended as refused, and its sentence carries the code (docs/formats/errors.md).
export function refused({ code, err }, expected) {
  assert.equal(code, 1, err);
  assert.ok(err.trimEnd().endsWith(`[${expected}]`), `expected ${expected}: ${err}`);
}

export const both = ['sqlite', 'postgres'];
export const sqlite = ['sqlite'];
export const postgres = ['postgres'];
