import { load } from './gather.js';

console.log(await load());
