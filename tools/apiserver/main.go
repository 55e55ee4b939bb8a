// Command apiserver says of manifests what Kubernetes' API server would say of them as new objects, with the server's own code
// and without a server: strictly decoded, defaulted, validated.
//
// Arguments are files. Prints a line for each object that is refused; the exit code is 1 if there is one, 2 if a file cannot be read.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/apps"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	"k8s.io/kubernetes/pkg/apis/autoscaling"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	"k8s.io/kubernetes/pkg/apis/batch"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	"k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	"k8s.io/kubernetes/pkg/apis/core/validation"
	"k8s.io/kubernetes/pkg/registry/apps/deployment"
	"k8s.io/kubernetes/pkg/registry/autoscaling/horizontalpodautoscaler"
	"k8s.io/kubernetes/pkg/registry/batch/cronjob"
	"k8s.io/kubernetes/pkg/registry/batch/job"
)

var codecs = serializer.NewCodecFactory(legacyscheme.Scheme, serializer.EnableStrict)

// refusal is what the server would say of one object.
func refusal(text []byte) error {
	object, kind, err := codecs.UniversalDecoder().Decode(text, nil, nil)
	if err != nil {
		return err
	}
	var strategy rest.RESTCreateStrategy
	switch object := object.(type) {
	case *apps.Deployment:
		strategy = deployment.Strategy
	case *autoscaling.HorizontalPodAutoscaler:
		strategy = horizontalpodautoscaler.Strategy
	case *batch.Job:
		strategy = job.Strategy
	case *batch.CronJob:
		strategy = cronjob.Strategy
	case *core.Service:
		// Its strategy hands out addresses; the rules are these.
		return validation.ValidateServiceCreate(object).ToAggregate()
	default:
		return fmt.Errorf("no rules for %T are here", object)
	}
	accessor, err := meta.Accessor(object)
	if err != nil {
		return err
	}
	rest.FillObjectMetaSystemFields(accessor)
	ctx := request.WithRequestInfo(request.NewDefaultContext(), &request.RequestInfo{APIGroup: kind.Group, APIVersion: kind.Version})
	return rest.BeforeCreate(strategy, request.WithNamespace(ctx, accessor.GetNamespace()), object)
}

func main() {
	code := 0
	for _, path := range os.Args[1:] {
		text, err := os.ReadFile(path)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		documents := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(text)))
		for {
			document, err := documents.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			if err == nil {
				err = refusal(document)
			}
			if err != nil {
				fmt.Printf("%s: %v\n", path, err)
				code = 1
			}
		}
	}
	os.Exit(code)
}
