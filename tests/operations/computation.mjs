// Power is cut while a question waits for its answer.
import assert from 'node:assert/strict';
import { both, eventually } from './place.mjs';

const kVillage = '620802001003';

async function answeredAfterAKill(place) {
  const world = await place.served('operator', 'planner');
  const write = async (kind, values) => {
    const made = await world.call('operator', 'POST', `/api/v1/registers/${kind}/records`, { place: kVillage, values });
    assert.equal(made.status, 201, made.text);
    return made.body.id;
  };
  const dwelling = await write('dwelling', { address: '宝塔路1号', use: 'owner', point: { lon: 106.665, lat: 35.543 } });
  const household = await write('household', { head_name: '甲一', kind: 'family', dwelling });
  await write('person', { name: '甲一', residence: 'registered_here', birth_date: '1950-01-01', household });

  const question = { place: kVillage, circle: 'pingliang.life', need: 'elderly_care', goal: 'most_people', new_sites: 1, minutes_urban: 15, minutes_rural: 15 };
  const asked = await world.call('planner', 'POST', '/api/v1/siting/questions', question);
  assert.equal(asked.status, 202, asked.text);
  world.server.kill('SIGKILL');
  await world.ended;

  await world.serve();
  await eventually(async () => {
    const { body } = await world.call('planner', 'GET', `/api/v1/computations/${asked.body.id}`);
    assert.equal(body.state, 'finished', JSON.stringify(body));
    assert.equal(body.answer.value, 1);
    assert.deepEqual(body.question, question);
  }, 30);
}

export const scenarios = [{ name: 'a question that was asked is answered after a kill', engines: both, test: answeredAfterAKill }];
