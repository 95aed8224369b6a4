import { keyFacts } from '../iam/context-key.ts';
import { remembering } from '../iam/memory.ts';
import { isOfSignedRequests } from './credential-keys.ts';
import { absent, type Domain, fixed, open } from './domain.ts';

const ofPrincipal =
  /^aws:(principal|multifactor|username|tokenissuetime|sourceidentity|federated|assumedroot|calledvia)/;

/** What a key can be in a request without a signature. */
export const anonymousKey = remembering((key): Domain => {
  switch (key) {
    case 'aws:principalaccount':
    case 'aws:userid':
      return fixed('anonymous');
    case 'aws:principaltype':
      return fixed('Anonymous');
    default: {
      const { reach } = keyFacts(key);
      const isSigned = reach === 'caller' || reach === 'provider' || ofPrincipal.test(key);
      return isSigned || isOfSignedRequests(key) ? absent : open(key);
    }
  }
});
