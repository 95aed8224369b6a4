const { bundleFunctions } = require('./bundle.cjs');
const { readTrust, uploadTrust } = require('./trust.cjs');

const kilobytes = (bytes) => `${Math.round(bytes / 1024)} kB`;

/** What osls does for this stack beside its own work: it bundles the functions, and looks at and uploads trust.yml. */
module.exports = class TrustwatchPlugin {
  constructor(serverless, _options, { log }) {
    const { service, serviceDir } = serverless;
    const refuse = (message) => {
      throw new serverless.classes.Error(message, 'TRUSTWATCH');
    };
    const trust = () => readTrust(serviceDir, service.custom.trustFile);

    this.hooks = {
      'before:package:initialize': () => trust().catch(({ message }) => refuse(message)),
      'before:package:createDeploymentArtifacts': async () => {
        for (const { name, bytes } of await bundleFunctions(service, serviceDir))
          log.info(`${name}: ${kilobytes(bytes)}`);
      },
      'before:deploy:deploy': () => {
        if (!/^o-[a-z0-9]{10,32}$/.test(service.custom.organizationId))
          refuse(
            'organizationId: not the id of an organization; add --param="organizationId=o-..." (aws organizations describe-organization)',
          );
      },
      'after:deploy:deploy': async () => {
        const text = await trust();
        if (text === undefined)
          log.notice(
            `No ${service.custom.trustFile} here: the one in the bucket stays; without one, the organization alone is trusted`,
          );
        else log.notice(`Uploaded ${await uploadTrust(serverless.getProvider('aws'), text)}`);
      },
    };
  }
};
