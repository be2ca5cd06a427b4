import { settleAll } from './gather.js';

const { values, failures } = await settleAll([1, 2, 3, 4], (n) => {
  if (n === 4) throw new Error('thrown');
  return n === 2 ? Promise.reject(new Error('rejected')) : Promise.resolve(n);
});
console.log('values:', values);
for (const { index, reason } of failures) console.log(`failure ${index}: ${reason.message}`);
