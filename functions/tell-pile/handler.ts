import { catchUp } from '../../shared/app/catch-up.ts';
import { tellPile } from '../../shared/app/tell-pile.ts';
import { lambdaPorts } from '../../shared/aws/wiring.ts';
import type { Pile } from '../../shared/findings/alert.ts';

const ports = lambdaPorts(process.env);

/** Tells what a storm, or the digest, has held back, or what a channel did not take. */
export const handler = ({ pile }: { readonly pile: Pile | 'late' }) =>
  pile === 'late' ? catchUp(ports) : tellPile(ports, pile);
