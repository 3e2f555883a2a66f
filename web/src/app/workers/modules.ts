// The modules of the workers' face, in the order of its links.
import { accounts } from '../../modules/accounts/workers.ts'
import { cases } from '../../modules/cases/workers.ts'
import { grids } from '../../modules/grids/workers.ts'
import { circles } from '../../modules/circles/workers.ts'
import { notices } from '../../modules/notices/workers.ts'
import { places } from '../../modules/places/workers.ts'
import { registers } from '../../modules/registers/workers.ts'
import type { FaceModule } from '../../ui/face.ts'

import { search } from './search.ts'

export const modules: FaceModule[] = [cases, search, registers, circles, places, grids, accounts, notices]
