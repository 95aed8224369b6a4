// Loaded into every Node process that an emulator starts: names below `localhost` are this machine, as the
// resolvers of most desktops say and those of many containers do not.
const dns = require('node:dns');

const lookup = dns.lookup;
dns.lookup = (name, ...rest) => lookup(name.endsWith('.localhost') ? '127.0.0.1' : name, ...rest);
