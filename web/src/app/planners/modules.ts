// The modules of the planners' face, in the order of its links.
import { accounts } from '../../modules/accounts/planners.ts'
import { circles } from '../../modules/circles/planners.ts'
import { notices } from '../../modules/notices/planners.ts'
import { plans } from '../../modules/plans/planners.ts'
import { rounds } from '../../modules/rounds/planners.ts'
import { siting } from '../../modules/siting/planners.ts'
import type { FaceModule } from '../../ui/face.ts'

export const modules: FaceModule[] = [plans, circles, siting, rounds, notices, accounts]
