import { findOverdue } from '../../shared/app/find-overdue.ts';
import { lambdaPorts } from '../../shared/aws/wiring.ts';
import { partitionOf } from '../../shared/iam/place.ts';

const ports = lambdaPorts(process.env);

/** Makes gaps of the places that no audit has read for too long. */
export const handler = () => findOverdue(ports, partitionOf(process.env.AWS_REGION ?? ''));
