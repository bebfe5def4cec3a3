"""Texts in, unit vectors out: the shipped table of words, and a sentence encoder of the user's."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from corpus.calibrate import save_calibration
from corpus.confidence import calibration_of, shipped_calibration
from corpus.errors import SettingsError
from corpus.load import load_record
from corpus.match import UNCALIBRATED, answer_query, rank_matches
from corpus.record import Record
from corpus.score import SCORER_VERSION
from corpus.vectors import (
    FOLDER_VARIABLE,
    built_in,
    chosen_encoder,
    pack_vectors,
    unit_rows,
)
from corpus.vectors.sentences import SentenceEncoder
from corpus.vectors.words import split_words


def cosine(one: str, other: str) -> float:
    a, b = built_in().encode([one, other])
    return float(a @ b)


class TestTheShippedTable:
    def test_is_loaded_once(self):
        assert built_in() is built_in()

    @pytest.mark.parametrize(
        ("query", "near", "far"),
        [
            (
                "will cops get more money",
                "funding for law enforcement officers",
                "the vaccine is safe",
            ),
            (
                "are kids getting the shot",
                "vaccination of children",
                "funding for bridges and roads",
            ),
            ("soldiers going to poland", "deploying troops to Europe", "the price of gasoline"),
            (
                "is inflation coming down",
                "prices are still rising too fast",
                "the hostages came home",
            ),
        ],
    )
    def test_finds_other_words_for_the_same_thing(self, query: str, near: str, far: str):
        assert cosine(query, near) > cosine(query, far) + 0.1

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("the President’s plan", "THE PRESIDENT'S PLAN"),
            ("café in São Paulo", "cafe in Sao Paulo"),
            ("Putin\u00a0said — no.", "putin said, no"),
            ("don’t", "don't"),
        ],
    )
    def test_typography_case_and_accents_change_nothing(self, one: str, other: str):
        assert cosine(one, other) == pytest.approx(1, abs=1e-5)

    @pytest.mark.parametrize("text", ["", " \n", "— …", "Россия", "\u0301"])
    def test_a_text_with_no_known_word_is_a_row_of_zeros(self, text: str):
        assert not built_in().encode([text]).any()

    def test_no_texts_make_no_rows(self):
        assert built_in().encode([]).shape == (0, built_in().dimensions)

    def test_a_word_it_does_not_know_is_read_by_its_pieces(self):
        assert built_in().encode(["stoltenburgish"]).any()

    @given(st.lists(st.text(max_size=60), max_size=4))
    def test_rows_are_of_length_one_or_zero(self, texts: list[str]):
        rows = built_in().encode(texts)
        assert rows.shape == (len(texts), built_in().dimensions)
        assert rows.dtype == np.float32
        for length in np.linalg.norm(rows, axis=1):
            assert length == pytest.approx(1, abs=1e-5) or length == 0

    @given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
    def test_a_row_does_not_depend_on_its_neighbours(self, texts: list[str]):
        together = built_in().encode(texts)
        alone = np.concatenate([built_in().encode([text]) for text in texts])
        np.testing.assert_array_equal(together, alone)

    @given(st.text(max_size=80))
    def test_words_are_plain(self, text: str):
        assert all(word.isascii() and word == word.lower() for word in split_words(text))


def unpack(blobs: list[bytes], dimensions: int) -> NDArray[np.float32]:
    packed = np.frombuffer(b"".join(blobs), np.int8).reshape(len(blobs), dimensions)
    return unit_rows(packed.astype(np.float32))


class TestPacking:
    @given(
        arrays(
            np.float32,
            st.tuples(st.integers(0, 5), st.just(16)),
            elements=st.floats(-1, 1, width=16),
        )
    )
    def test_keeps_the_cosines(self, rows: NDArray[np.float32]):
        given_rows = unit_rows(rows)
        back = unpack(pack_vectors(given_rows), 16)
        np.testing.assert_allclose(back @ back.T, given_rows @ given_rows.T, atol=0.03)

    def test_a_byte_a_dimension(self):
        rows = built_in().encode(["one war", "another peace"])
        assert [len(blob) for blob in pack_vectors(rows)] == [built_in().dimensions] * 2

    def test_real_cosines_move_by_less_than_a_hundredth(self):
        rows = built_in().encode(
            ["gas prices", "the cost of fuel", "hostages in Gaza", "a vaccine"]
        )
        back = unpack(pack_vectors(rows), built_in().dimensions)
        np.testing.assert_allclose(back @ back.T, rows @ rows.T, atol=0.01)


WORDS = ("[PAD]", "[UNK]", "war", "peace", "now")
STATES = np.array([[9, 9, 9], [0, 0, 1], [1, 0, 0], [0, 1, 0], [1, 1, 0]], np.float32)


@pytest.fixture
def make_model(tmp_path: Path) -> Callable[..., Path]:
    """Makes a model folder whose encoder gives each word its row of ``STATES``."""
    onnx = pytest.importorskip("onnx", reason="makes the model with onnx")
    pytest.importorskip("onnxruntime", reason="needs the extra [encoder]")
    tokenizers = pytest.importorskip("tokenizers", reason="needs the extra [encoder]")

    def make(model: str = "model.onnx", **settings: dict[str, object]) -> Path:
        folder = tmp_path / "model"
        (folder / model).parent.mkdir(parents=True)
        words = tokenizers.models.WordLevel({w: at for at, w in enumerate(WORDS)}, "[UNK]")
        tokenizer = tokenizers.Tokenizer(words)
        tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
        tokenizer.save(str(folder / "tokenizer.json"))
        onnx.save(_word_model(onnx), str(folder / model))
        for name, content in settings.items():
            path = folder / ("1_Pooling/config.json" if name == "pooling" else f"{name}.json")
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(content), "utf-8")
        return folder

    return make


def _word_model(onnx):
    helper, kind = onnx.helper, onnx.TensorProto
    taken = [
        helper.make_tensor_value_info(name, kind.INT64, ["texts", "pieces"])
        for name in ("input_ids", "attention_mask")
    ]
    given_back = helper.make_tensor_value_info("states", kind.FLOAT, ["texts", "pieces", 3])
    look_up = helper.make_node("Gather", ["table", "input_ids"], ["states"])
    table = onnx.numpy_helper.from_array(STATES, "table")
    graph = helper.make_graph([look_up], "words", taken, [given_back], [table])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


class TestASentenceEncoder:
    def test_a_text_is_the_mean_of_its_words_padding_left_out(self, make_model):
        rows = SentenceEncoder(make_model()).encode(["war", "war peace", "now now now now"])
        half = 2**-0.5
        np.testing.assert_allclose(rows, [[1, 0, 0], [half, half, 0], [half, half, 0]], atol=1e-6)

    def test_many_texts_come_back_in_their_order(self, make_model):
        texts = ["war", "peace peace", "war " * 20, "peace"] * 30
        rows = SentenceEncoder(make_model()).encode(texts)
        assert [int(row.argmax()) for row in rows] == [0, 1, 0, 1] * 30

    def test_no_texts_make_no_rows(self, make_model):
        assert SentenceEncoder(make_model()).encode([]).shape == (0, 3)

    def test_follows_the_folder_on_pooling(self, make_model):
        encoder = SentenceEncoder(make_model(pooling={"pooling_mode_cls_token": True}))
        np.testing.assert_allclose(encoder.encode(["war peace"]), [[1, 0, 0]])

    def test_follows_the_folder_on_the_longest_text(self, make_model):
        encoder = SentenceEncoder(make_model(sentence_bert_config={"max_seq_length": 2}))
        np.testing.assert_allclose(encoder.encode(["war war peace peace"]), [[1, 0, 0]])

    def test_the_model_may_lie_in_a_folder_of_its_own(self, make_model):
        assert SentenceEncoder(make_model("onnx/model.onnx")).dimensions == 3

    def test_is_chosen_by_the_environment(self, make_model, monkeypatch):
        monkeypatch.setenv(FOLDER_VARIABLE, str(make_model()))
        assert chosen_encoder().name.startswith("model-")
        assert chosen_encoder() is chosen_encoder()

    def test_without_a_folder_the_table_is_used(self, monkeypatch):
        monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
        assert chosen_encoder() is built_in()

    def test_a_folder_without_a_model_is_named(self, tmp_path):
        with pytest.raises(SettingsError, match=f"{FOLDER_VARIABLE}.*{tmp_path.name}.*model.onnx"):
            SentenceEncoder(tmp_path)

    def test_a_broken_model_is_named(self, make_model):
        folder = make_model()
        (folder / "model.onnx").write_bytes(b"not a model")
        with pytest.raises(SettingsError, match="can't be read"):
            SentenceEncoder(folder)


class TestARecordAndItsEncoder:
    def test_a_record_is_asked_with_the_encoder_it_was_made_with(
        self, make_model, monkeypatch, tmp_path
    ):
        monkeypatch.setenv(FOLDER_VARIABLE, str(make_model()))
        path = tmp_path / "record.db"
        assert load_record(path).added
        record = Record(path)
        with record.reading() as reader:
            assert reader.encoder == chosen_encoder().name
        assert rank_matches(record, "Is a war coming?")
        told = answer_query(record, "Bottom line, are we closer or further away from war?")
        assert (told.kind, told.notes) == ("closest", (UNCALIBRATED,))
        monkeypatch.delenv(FOLDER_VARIABLE)
        with pytest.raises(SettingsError, match=f"{FOLDER_VARIABLE}.*model-.*onrecord load"):
            rank_matches(record, "Is a war coming?")
        record.close()

    @pytest.mark.parametrize(
        ("version", "told"),
        [(SCORER_VERSION, ("quoted", ())), (SCORER_VERSION - 1, ("closest", (UNCALIBRATED,)))],
    )
    def test_a_calibration_of_this_scorer_in_its_folder_lets_an_encoder_be_sure(
        self, make_model, monkeypatch, tmp_path, version, told
    ):
        folder = make_model()
        monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
        measured = replace(shipped_calibration(), scorer_version=version, quoted=0.0)
        save_calibration(measured, folder / "calibration.json")
        load_record(tmp_path / "record.db")
        with closing(Record(tmp_path / "record.db")) as record:
            outcome = answer_query(record, "Bottom line, are we closer or further away from war?")
        assert (outcome.kind, outcome.notes) == told

    @pytest.mark.parametrize("content", ["", "[]", '{"quoted": 1}', "\xff"])
    def test_a_broken_calibration_is_named(self, make_model, monkeypatch, content):
        folder = make_model()
        monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
        (folder / "calibration.json").write_text(content, "latin-1")
        with pytest.raises(
            SettingsError, match=r"calibration\.json: is no calibration; .*--calibrate"
        ):
            calibration_of(chosen_encoder().name)

    def test_a_load_with_another_encoder_makes_all_vectors_anew(
        self, make_model, monkeypatch, tmp_path
    ):
        path = tmp_path / "record.db"
        added = load_record(path).added
        assert not load_record(path).swapped
        monkeypatch.setenv(FOLDER_VARIABLE, str(make_model()))
        assert load_record(path).added == added
        record = Record(path)
        assert rank_matches(record, "Is a war coming?")
        record.close()

    def test_the_table_stays_at_hand_when_an_encoder_is_chosen(
        self, make_model, monkeypatch, seed_record
    ):
        monkeypatch.setenv(FOLDER_VARIABLE, str(make_model()))
        assert rank_matches(seed_record, "Is a war coming?")
