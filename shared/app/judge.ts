export { decide } from '../access/decide.ts';
