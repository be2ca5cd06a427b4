import { describeRunner } from './contract';
import { NodeKit } from './node-kit';

describeRunner(new NodeKit());
