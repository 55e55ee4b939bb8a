// ours
module "example.com/mono" // the module

go 1.25.0
