FROM {{.BaseImage}}
USER {{.User}}
