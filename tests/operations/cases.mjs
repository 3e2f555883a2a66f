// Requests of residents, many at once, each under an id of its own.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { eventually } from './place.mjs';

export function requests(count, world, more = {}) {
  return Array.from({ length: count }, (_, index) => ({
    id: randomUUID(),
    kind: 'resident_request',
    place: world.facts.names.quiet_village,
    form: { subject: 'street_lamp', description: `第${index + 1}盏路灯不亮` },
    ...more,
  }));
}

// Sends them `width` at a time; told(request, answer) after each, answer null when none came.
export async function send(world, who, all, width, told) {
  await world.session(who);
  const waiting = [...all];
  const line = async () => {
    for (let request = waiting.shift(); request; request = waiting.shift()) {
      const answer = await world.call(who, 'POST', '/api/v1/cases', request).catch(() => null);
      await told(request, answer);
    }
  };
  await Promise.all(Array.from({ length: width }, line));
}

// The cases of the village, by id.
export async function listed(world, who) {
  const found = new Map();
  let after = '';
  do {
    const { status, body, text } = await world.call(who, 'GET', `/api/v1/cases?place=${world.facts.names.quiet_village}&limit=100${after && `&after=${after}`}`);
    assert.equal(status, 200, text);
    for (const item of body.items) {
      assert.ok(!found.has(item.id), `${item.id} is listed twice`);
      found.set(item.id, item);
    }
    after = body.next;
  } while (after);
  return found;
}

export async function opened(world, who) {
  const month = new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 7);
  const { status, body, text } = await world.call(who, 'GET', `/api/v1/service-figures?place=${world.facts.names.quiet_village}&period=${month}`);
  assert.equal(status, 200, text);
  return body.opened.value;
}

export function figuresSay(world, who, count) {
  return eventually(async () => assert.equal(await opened(world, who), count));
}
