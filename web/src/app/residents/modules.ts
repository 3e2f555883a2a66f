// The modules of the residents' face.
import { accounts } from '../../modules/accounts/residents.ts'
import { cases } from '../../modules/cases/residents.ts'
import { circles } from '../../modules/circles/residents.ts'
import { notices } from '../../modules/notices/residents.ts'
import { places } from '../../modules/places/residents.ts'
import { plans } from '../../modules/plans/residents.ts'
import { rounds } from '../../modules/rounds/residents.ts'
import type { FaceModule } from '../../ui/face.ts'

import Home from './Home.vue'

// Home comes with the face: it is what a phone opens.
const home: FaceModule = { routes: [{ path: '/', component: Home, meta: { title: 'home.title' } }] }

export const modules: FaceModule[] = [home, cases, circles, notices, places, plans, rounds, accounts]
