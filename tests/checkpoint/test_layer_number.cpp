// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include "core/checkpoint/files/layer_number.h"
#include "tests/support/test_program.h"

using namespace rest::checkpoint;

class TestLayerNumber : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void ofEveryStack() {
        struct Case {
            const char *name, *stack, *rest;
            int64_t layer;
        };
        for (const auto& [name, stack, rest, layer] :
             {Case{"vision_model.encoder.layers.7.mlp.fc1.bias", "vision_model.encoder.layers.", ".mlp.fc1.bias", 7},
              Case{"text_decoder.bert.encoder.layer.11.output.dense.weight", "text_decoder.bert.encoder.layer.",
                   ".output.dense.weight", 11},
              Case{"temporal_adapter.0.weight", "temporal_adapter.", ".weight", 0}}) {
            const auto number = layer_number(name);
            QVERIFY2(number, name);
            QCOMPARE(std::string(number->stack), std::string(stack));
            QCOMPARE(std::string(number->rest), std::string(rest));
            QCOMPARE(number->layer, layer);
        }
    }

    void ofNone() {
        for (const char* name :
             {"", "vision_model.post_layernorm.weight", "text_model.encoder.layers.", "encoder.layer.x.weight",
              "temporal_adapter.-1.weight", "temporal_adapter.99999999999999999999.weight", "layers.3.weight"})
            QVERIFY2(!layer_number(name), name);
    }
};

REST_TEST(TestLayerNumber)
#include "test_layer_number.moc"
