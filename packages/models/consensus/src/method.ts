import { consensusMethod } from './consensus-method.js';
import { memberResolver } from './members/member-resolver.js';

/** `consensus` as a value, with the members that come with the package. */
export const method = consensusMethod(memberResolver());
