import { toRouteHandlers } from 'chekt-connect/service';
import { chekt } from '../../../chekt.js';

export const { GET, PUT, POST } = toRouteHandlers(chekt);
