import { processSettings } from '@tutorgraph/kit/environment/environment';
import { runRoom } from '@tutorgraph/kit/room/run-room';
import { room } from './room.js';

await runRoom(room, processSettings());
